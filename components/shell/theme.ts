export type Theme = "system" | "light" | "dark";

const KEY = "concentric-theme";

/** Runs in the head before the first paint; also turns the page light while it is printed, told by events or, as in some previews, by the medium alone. */
export const THEME_SCRIPT = `(function(){var d=document.documentElement,m=matchMedia("(prefers-color-scheme: dark)"),q=matchMedia("print"),p=false;
function s(){var t=null;try{t=localStorage.getItem("${KEY}")}catch(e){}d.dataset.theme=p||q.matches?"light":t==="dark"||t==="light"?t:m.matches?"dark":"light"}
s();m.addEventListener("change",s);q.addEventListener("change",s);addEventListener("storage",s);addEventListener("concentric-theme",s);
addEventListener("beforeprint",function(){p=true;s()});addEventListener("afterprint",function(){p=false;s()})})()`;

export function findTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === "dark" || stored === "light" ? stored : "system";
  } catch {
    return "system";
  }
}

/** Keeps the choice in this browser; without storage it lasts until the page is left. */
export function saveTheme(theme: Theme): void {
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
    dispatchEvent(new Event("concentric-theme"));
  } catch {
    if (theme !== "system") document.documentElement.dataset.theme = theme;
  }
}
