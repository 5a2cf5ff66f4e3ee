import { enableCompileCache } from "node:module";
import path from "node:path";

// What was compiled is kept beside the bundle: a tenth of a run. Where it cannot be written, everything is compiled anew.
enableCompileCache(path.join(import.meta.dirname, "compile-cache"));
await import("./scan-command");
