import { type inferParserType, parseAsInteger, parseAsStringLiteral } from "nuqs/server";

/** What the address of an object's page can hold beside the moment; what is not valid counts as absent. */
export const RESOURCE_PARSERS = {
  view: parseAsStringLiteral(["rings", "yaml", "versions"] as const).withDefault("rings"),
  /** The first container that is shown, from 1, where there are many. */
  containers: parseAsInteger.withDefault(1),
  /** The first line of a long YAML that is shown; null = what is round the evidence. */
  line: parseAsInteger,
};
export type ResourceSearch = inferParserType<typeof RESOURCE_PARSERS>;
