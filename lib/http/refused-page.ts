const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/**
 * A sentence as a document that needs nothing else of the server: it is also for who may have nothing else, and is written for a request that no page of the
 * product sees. `home` = where the product is; null = not under the name that was asked.
 */
export function refusedPage(sentence: string, home: string | null): string {
  const style =
    ":root{color-scheme:light dark}body{font:14px/20px system-ui,sans-serif;max-width:640px;margin:12vh auto;padding:0 24px}h1{font-size:22px;line-height:28px;font-weight:600;overflow-wrap:anywhere}a{color:inherit}";
  const link = home === null ? "" : `<p><a href="${escaped(home)}">Go to the overview</a></p>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Refused · Concentric</title><style>${style}</style></head><body><main><h1>${escaped(sentence)}</h1><p>Nothing was lost: snapshots never change.</p>${link}</main></body></html>`;
}
