// The few calls that the scripts in Data Docs make of jQuery and bootstrap-table.
"use strict";
(() => {
  const sortRows = (table, column, key) => {
    const body = table.tBodies[0];
    const down = table.dataset.sorted === `${column}`;
    table.dataset.sorted = down ? "" : `${column}`;
    const rows = [...body.rows].map((row) => [key(row), row]);
    rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1));
    rows.forEach(([, row]) => body.append(row));
  };
  const text = (column) => (row) => row.cells[column].textContent.trim();
  const addSearch = (table) => {
    const box = document.createElement("input");
    box.type = "search";
    box.className = "search";
    box.placeholder = "Search";
    box.setAttribute("aria-label", "Search");
    box.addEventListener("input", () => {
      const wanted = box.value.toLowerCase();
      for (const row of table.tBodies[0].rows) {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
      }
    });
    table.before(box);
    return box;
  };
  const fill = (table, given) => {
    const head = table.createTHead().insertRow();
    const body = table.createTBody();
    given.columns.forEach((column, number) => {
      const cell = document.createElement("th");
      cell.textContent = column.title;
      if (column.sortable) {
        cell.className = "sortable";
        cell.addEventListener("click", () => sortRows(table, number, text(number)));
      }
      head.append(cell);
    });
    const key = given.sortName && `_${given.sortName}_sort`;
    const data = [...given.data];
    if (key && data.length && key in data[0]) {
      const sign = given.sortOrder === "desc" ? -1 : 1;
      data.sort((a, b) => (a[key] - b[key]) * sign);
    }
    for (const values of data) {
      const row = body.insertRow();
      for (const column of given.columns) {
        row.insertCell().innerHTML = values[column.field] ?? "";
      }
      if (values._table_row_link_path) {
        row.className = "clickable-row";
        row.addEventListener("click", (event) => {
          if (!event.target.closest("a")) window.location = values._table_row_link_path;
        });
      }
    }
    if (given.search) table.searchBox = addSearch(table);
  };
  const show = (elements, visible) => {
    elements.forEach((element) => { element.hidden = !visible; });
  };
  const wrap = (elements) => ({
    bootstrapTable(given) {
      elements.forEach((table) => {
        if (typeof given === "object") fill(table, given);
        else if (given === "resetSearch" && table.searchBox) {
          table.searchBox.value = "";
          table.searchBox.dispatchEvent(new Event("input"));
        }
      });
    },
    parent: () => wrap(elements.map((element) => element.parentElement).filter(Boolean)),
    each: (act) => elements.forEach((element, number) => act(number, element)),
    fadeIn: () => show(elements, true),
    fadeOut: () => show(elements, false),
    prepend(html) {
      elements.forEach((element) => element.insertAdjacentHTML("afterbegin", html));
    },
    on() {},
    ready: (act) => document.addEventListener("DOMContentLoaded", act),
  });
  window.$ = (wanted) => {
    if (typeof wanted === "string") return wrap([...document.querySelectorAll(wanted)]);
    return wrap(wanted === document ? [] : [wanted]);
  };
  const open = (link) => {
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    if (link.dataset.toggle === "collapse") target.classList.toggle("show");
    else {
      for (const other of link.closest("ul").querySelectorAll("[data-toggle=tab]")) {
        const pane = document.getElementById(other.getAttribute("href").slice(1));
        other.classList.toggle("active", other === link);
        pane.classList.toggle("active", other === link);
      }
    }
  };
  document.addEventListener("DOMContentLoaded", () => {
    for (const link of document.querySelectorAll("a[data-toggle]")) {
      link.addEventListener("click", (event) => { event.preventDefault(); open(link); });
    }
    for (const label of document.querySelectorAll(".btn-group label")) {
      label.addEventListener("click", () => {
        label.parentElement.querySelectorAll("label").forEach((other) =>
          other.classList.toggle("active", other === label));
      });
    }
    for (const table of document.querySelectorAll("table[data-toggle=table]")) {
      table.querySelectorAll("th[data-sortable]").forEach((cell) =>
        cell.addEventListener("click", () => {
          const symbol = (row) => row.cells[cell.cellIndex].querySelector("i")?.className ?? "";
          sortRows(table, cell.cellIndex, (row) => symbol(row) + text(cell.cellIndex)(row));
        }));
      if (table.dataset.search) addSearch(table);
    }
  });
})();
