import { createDemo } from "@/lib/demo/create-demo";
import { endpoint } from "@/lib/http/endpoint";

export const POST = endpoint("createDemo", async () => ({ slug: await createDemo() }));
