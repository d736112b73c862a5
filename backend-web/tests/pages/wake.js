// Imports that wake who waits at 16: all, in the two ways to say so.
export default ({ notify }) => ({ own: { wake: () => notify(16), wakeAll: () => notify(16, Infinity) } });
