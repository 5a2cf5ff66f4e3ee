import { scanEvents } from "@/lib/http/scan-events";

export const GET = scanEvents;
