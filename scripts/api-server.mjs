// Serves a folder of objects as an API server: node scripts/api-server.mjs --dir DIR [--port N] [--token T].
import { runBundled } from "./run-bundled.mjs";

await runBundled("e2e/api-server/main.ts", "api-server");
