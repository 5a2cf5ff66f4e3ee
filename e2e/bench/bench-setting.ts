import type { BenchDatabases } from "./bench-database";
import type { Report } from "./report";

/** What every measurement needs. */
export interface BenchSetting {
  readonly root: string;
  /** The program that generates clusters. */
  readonly generator: string;
  /** Generated clusters lie here. */
  readonly folder: string;
  readonly databases: BenchDatabases;
  readonly report: Report;
  /** Days of the year. */
  readonly days: number;
}
