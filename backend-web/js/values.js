// Numbers of wasm, as JavaScript has them.

import { VALUE_TYPE } from "./constants.js";

/** The results of a call as a list: JavaScript has none, one, or a list of several. */
export const list = (results, types) => (types.length === 1 ? [results] : types.length === 0 ? [] : [...results]);

/** The number of a result's type, and its bits as an unsigned 64-bit integer. */
export function encode(value, type) {
  const view = new DataView(new ArrayBuffer(8));
  switch (type) {
    case VALUE_TYPE.i32:
      return [type, BigInt.asUintN(32, BigInt(value))];
    case VALUE_TYPE.i64:
      return [type, BigInt.asUintN(64, value)];
    case VALUE_TYPE.f32:
      view.setFloat32(0, value);
      return [type, BigInt(view.getUint32(0))];
    default:
      view.setFloat64(0, value);
      return [type, view.getBigUint64(0)];
  }
}
