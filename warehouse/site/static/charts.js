"use strict";
// Draws the page's charts in its language. Colours are CSS variables: they follow the theme.
(() => {
  const OPTIONS = {
    ast: true, // expressions are interpreted: the page forbids making code of text
    actions: false,
    renderer: "svg",
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true, theme: "custom" },
    loader: { target: "_self", http: { credentials: "omit" } },
  };
  const drawn = new Map();

  function inLanguage(payload, language) {
    const spec = structuredClone(payload.spec);
    for (const [channel, texts] of Object.entries(payload.texts)) {
      for (const row of spec.data.values) {
        const named = texts[row[channel]];
        if (named) row[channel] = named[language];
      }
    }
    for (const [name, encoding] of Object.entries(spec.encoding)) {
      if (name === "tooltip") {
        for (const tip of encoding) {
          tip.title = payload.titles[tip.field.replace("_day", "")][language];
        }
      } else if (payload.titles[encoding.field]) {
        encoding.title = payload.titles[encoding.field][language];
        if (name === "y" && encoding.type === "nominal") encoding.title = null;
        if (encoding.legend) encoding.legend.title = null;
      }
    }
    const order = payload.order.map((value) => payload.texts.color[value]?.[language] ?? value);
    if (order.length) spec.encoding.color.scale.domain = order;
    if (spec.width === "container" && innerWidth < 560) {
      for (const name of ["x", "y"]) {
        const axis = spec.encoding[name].axis;
        if (axis && "labelLimit" in axis) axis.labelLimit = 110;
      }
    }
    return spec;
  }

  async function draw(box) {
    const payload = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    const spec = inLanguage(payload, document.documentElement.lang);
    drawn.get(box)?.finalize();
    drawn.set(box, await vegaEmbed(box, spec, OPTIONS));
    box.classList.add("is-drawn");
  }

  const drawAll = () => {
    for (const box of document.querySelectorAll("[data-chart]")) draw(box);
  };
  document.addEventListener("DOMContentLoaded", drawAll);
  document.addEventListener("languagechange", () => {
    if (window.vegaEmbed && drawn.size) drawAll();
  });
})();
