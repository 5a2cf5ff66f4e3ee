/** Next calls this once, before the first request is answered. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const [{ boot }, { getConfig }] = await Promise.all([import("./lib/scan/boot"), import("./lib/config/get-config")]);
  await boot();
  if (getConfig().wantsDemo) await (await import("./lib/demo/create-demo")).createDemo();
}
