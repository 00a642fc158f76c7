"use strict";
// Language, theme, tables. The page works without it: in Kazakh, unsorted.
(() => {
  const LANGUAGES = ["kk", "ru", "en"];
  const root = document.documentElement;
  const remembered = (name) => {
    try { return localStorage.getItem("qoima-" + name); } catch { return null; }
  };
  const remember = (name, value) => {
    try { localStorage.setItem("qoima-" + name, value); } catch { /* not allowed: forget */ }
  };

  // Before anything is drawn, so that nothing flickers.
  root.classList.add("js");
  const language = remembered("language");
  if (LANGUAGES.includes(language)) root.lang = language;
  const theme = remembered("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  const isDark = () => root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;

  function showLanguage(chosen) {
    root.lang = chosen;
    const title = document.querySelector("title");
    title.textContent = title.dataset[chosen];
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === chosen));
    }
    document.dispatchEvent(new Event("languagechange"));
  }

  function sortTable(table, place, header) {
    const isNumber = header.classList.contains("number") || header.classList.contains("spark");
    const goesUp = header.getAttribute("aria-sort") === "descending" ||
      (!header.hasAttribute("aria-sort") && !isNumber);
    const sign = goesUp ? 1 : -1;
    const order = new Intl.Collator(root.lang);
    const key = (body) => body.rows[0].cells[place].dataset.sort;
    const bodies = [...table.tBodies];
    bodies.sort((one, other) => {
      const [a, b] = [key(one), key(other)];
      if (a === "" || b === "") return (a === "") - (b === "");
      return sign * (isNumber ? a - b : order.compare(a, b));
    });
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", goesUp ? "ascending" : "descending");
    table.append(...bodies);
  }

  function filterTable(box, words) {
    const wanted = words.toLocaleLowerCase(root.lang).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const body of box.querySelectorAll("tbody")) {
      const text = body.textContent.toLocaleLowerCase(root.lang);
      const isShown = wanted.every((word) => text.includes(word));
      body.hidden = !isShown;
      count += isShown;
    }
    box.querySelector(".nothing").hidden = count > 0;
  }

  document.addEventListener("DOMContentLoaded", () => {
    showLanguage(root.lang);
    for (const button of document.querySelectorAll("[data-language]")) {
      button.addEventListener("click", () => {
        remember("language", button.dataset.language);
        showLanguage(button.dataset.language);
      });
    }
    document.querySelector("[data-theme-switch]").addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember("theme", root.dataset.theme);
    });
    for (const box of document.querySelectorAll("[data-table]")) {
      const table = box.querySelector("table");
      [...table.tHead.rows[0].cells].forEach((header, place) => {
        header.querySelector("button")?.addEventListener("click", () => {
          sortTable(table, place, header);
        });
      });
      box.querySelector("input")?.addEventListener("input", (event) => {
        filterTable(box, event.target.value);
      });
    }
  });
})();
