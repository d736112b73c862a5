// What webpack's command line does.
import webpack from "webpack";

import config from "./webpack.config.js";

webpack(config).run((error, stats) => {
  console.log(error ?? stats.toString());
  process.exitCode = error || stats.hasErrors() || stats.hasWarnings() ? 1 : 0;
});
