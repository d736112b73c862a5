throw new Error("these imports are not meant to be");
