import { createLoader } from "nuqs/server";
import { RESOURCE_PARSERS } from "@/lib/client/resource-search";

/** The address of one object's page. */
export const loadResourceSearch = createLoader(RESOURCE_PARSERS);
