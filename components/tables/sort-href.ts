import { withParam } from "../filters/list-param";

/** The query that sorts by a column: worst first at once, turned round when it already sorts. */
export function sortHref(search: string, column: string, state: { readonly sort: string; readonly order: "asc" | "desc" }): string {
  const order = state.sort === column && state.order === "desc" ? "asc" : "desc";
  return withParam(withParam(search, "sort", column), "order", order);
}
