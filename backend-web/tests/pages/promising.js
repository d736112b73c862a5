// Imports that return a Promise where the guest waits for a number.
export default { own: { twice: async (number) => 2 * number, thread: () => 0 } };
