import { exportFramework } from "@/lib/http/export-framework";

export const GET = exportFramework;
