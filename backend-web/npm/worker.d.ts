// The script of the workers. Nobody imports it: its URL is the option `workerUrl`.
export {};
