import "server-only";
import { apiServerMetricsReader } from "./api-server-metrics";
import { apiServerProbeReader } from "./api-server-probe";
import { kubeletConfigsReader } from "./kubelet-configs";
import type { OptInReader } from "./opt-in-reader";
import { secretMetadataReader } from "./secret-metadata";

/** In the order of the coverage. */
export const ALL_OPT_IN_READERS: readonly OptInReader[] = [secretMetadataReader, kubeletConfigsReader, apiServerMetricsReader, apiServerProbeReader];
