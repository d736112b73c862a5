// Imports of an embedder's own.
export default ({ threadId }) => ({ own: { twice: (number) => 2 * number, thread: () => threadId() } });
