// Imports with names that every object has, given as properties of the objects' own.
const itself = (value) => value;
const imports = {
  constructor: { constructor: itself, freeze: itself, name: () => "a name" },
  env: { constructor: itself },
};
Object.defineProperty(imports, "__proto__", { value: { f: () => 7 } });
export default imports;
