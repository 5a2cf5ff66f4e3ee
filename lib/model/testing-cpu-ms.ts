/** Starts to count the milliseconds that this thread takes of the processor, whatever else the machine does; the answer tells them. */
export function countCpuMs(): () => number {
  const start = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(start);
    return (user + system) / 1_000;
  };
}
