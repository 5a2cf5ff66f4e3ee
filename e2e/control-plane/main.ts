import { startControlPlane } from "./start";

const startedAt = Date.now();
const started = await startControlPlane();
if ("reason" in started) {
  console.error(started.reason);
  process.exit(1);
}
const { url, kubeconfigPath, folder } = started.controlPlane;
console.log(JSON.stringify({ url, kubeconfig: kubeconfigPath, folder, pid: process.pid, startedInMs: Date.now() - startedAt }));

let isStopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    void started.stop().then(() => process.exit(0));
  });
}
