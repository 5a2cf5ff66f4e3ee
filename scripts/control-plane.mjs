// Starts a control plane and prints where its kubeconfig is; Ctrl-C stops it and removes its data.
import { bundle } from "./bundle.mjs";

process.chdir(new URL("..", import.meta.url).pathname);
await bundle({ "control-plane": "e2e/control-plane/main.ts" });
await import("../.build/control-plane.mjs");
