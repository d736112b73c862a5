// Runs the scenario that the address names, as `?module#function`, and shows what it returns or throws.
import { RaddleError } from "/pkg/index.js";

const { [location.hash.slice(1)]: scenario } = await import(`./${location.search.slice(1)}.js`);

async function run() {
  try {
    return { value: await scenario() };
  } catch (error) {
    const { code, message = String(error) } = error;
    return { thrown: { isRaddleError: error instanceof RaddleError, code, message } };
  }
}

const plain = (_, value) => (typeof value === "bigint" ? Number(value) : value);
document.getElementById("result").textContent = JSON.stringify(await run(), plain);
