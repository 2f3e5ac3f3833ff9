/** Open connections at most. Each has its buffers. */
const MAX_CONNECTIONS = 10_000;

/** Descriptors that are kept for files, the database, watches and threads. */
const RESERVED_DESCRIPTORS = 400;

/**
 * How many connections may be open: strangers must not take the descriptors that a save needs to be read.
 * @param descriptors how many files and connections together the system lets this process open
 */
export function maxConnectionsFor(descriptors: number): number {
  const spared = Math.max(descriptors - RESERVED_DESCRIPTORS, Math.floor(descriptors / 4));
  return Math.min(MAX_CONNECTIONS, spared);
}

/** How many descriptors the system lets this process have; infinite where it does not tell. */
export function readMaxDescriptors(): number {
  const report: { userLimits?: { open_files?: { soft?: unknown } } } = process.report.getReport();
  const soft = report.userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY;
}
