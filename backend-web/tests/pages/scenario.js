// Runs the scenario that the address names, as `?module#function`, and shows what it returns or throws.
import { RaddleError } from "/pkg/index.js";

const { [location.hash.slice(1)]: scenario } = await import(`./${location.search.slice(1)}.js`);

async function run() {
  try {
    return { value: await scenario() };
  } catch (error) {
    return { thrown: { isRaddleError: error instanceof RaddleError, code: error.code, message: error.message ?? String(error) } };
  }
}

document.getElementById("result").textContent = JSON.stringify(await run(), (_, value) => (typeof value === "bigint" ? Number(value) : value));
