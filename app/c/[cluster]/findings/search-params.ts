import { createLoader } from "nuqs/server";
import { FINDINGS_PARSERS } from "@/lib/client/findings-search";

/** The address of the list, read with the parsers that the browser uses. */
export const loadFindingsSearch = createLoader(FINDINGS_PARSERS);
