// Serves a folder of objects as an API server: node scripts/api-server.mjs --dir DIR [--port N] [--token T]. --refusing: no objects, and a refusal for each kind.
import { bundle } from "./bundle.mjs";

await bundle({ "api-server": "e2e/api-server/main.ts" });
await import("../.build/api-server.mjs");
