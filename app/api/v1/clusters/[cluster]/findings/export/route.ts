import { exportFindings } from "@/lib/http/export-findings";

export const GET = exportFindings;
