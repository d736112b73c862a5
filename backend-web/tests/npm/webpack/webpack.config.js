import { fileURLToPath } from "node:url";

export default {
  mode: "production",
  context: fileURLToPath(new URL(".", import.meta.url)),
  entry: "./index.js",
  // The package is larger than webpack recommends.
  performance: { hints: false },
  output: { path: fileURLToPath(new URL("dist", import.meta.url)) },
};
