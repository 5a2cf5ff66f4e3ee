// Starts a control plane with four nodes and prints where its kubeconfig is; Ctrl-C stops it.
import { runBundled } from "./run-bundled.mjs";

process.chdir(new URL("..", import.meta.url).pathname);
await runBundled("e2e/control-plane/main.ts", "control-plane");
