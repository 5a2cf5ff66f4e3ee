/** Next calls this once, before the first request is answered. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const [{ boot }, { getConfig }, { divertRefused }, { followAnswers }] = await Promise.all([
    import("./lib/scan/boot"),
    import("./lib/config/get-config"),
    import("./lib/http/divert-refused"),
    import("./lib/http/answer-status"),
  ]);
  divertRefused();
  followAnswers();
  await boot();
  const { isBuilding, wantsDemo, role } = getConfig();
  if (isBuilding) return;
  const { createDemo, resumeDemo } = await import("./lib/demo/create-demo");
  if (wantsDemo) await createDemo();
  else if (role !== "web") await resumeDemo();
}
