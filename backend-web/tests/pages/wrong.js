// Imports that are not of the kind that the module imports.
export default { own: { twice: 2, thread: () => 0 } };
