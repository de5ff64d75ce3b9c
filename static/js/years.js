// The map in another year, in place. Without this file the years are links to the members of that day.
// data-at="2:1 4:2" says: nobody before the moment 2, from there one, from the moment 4 on two.
for (const section of document.querySelectorAll("[data-now]")) {
  const links = [...section.querySelectorAll(".years nav a")];
  const countries = [...section.querySelectorAll("li[data-at]")]
    .sort((one, other) => one.textContent.localeCompare(other.textContent, document.documentElement.lang));
  const find = (name) => section.querySelector(name);
  const numberAt = (element, moment) => element.dataset.at.split(" ").reduce((number, step) => {
    const [from, to] = step.split(":");
    return to && Number(from) <= moment ? Number(to) : number;
  }, 0);

  const show = (link) => {
    const moment = links.indexOf(link), now = moment === Number(section.dataset.now);
    for (const one of links) one.toggleAttribute("aria-current", one === link);
    find(".years__year").textContent = link.dataset.year;
    find(".years__words").textContent = link.dataset.words;
    find(".years__all").href = link.href;
    find(".map").classList.toggle("map--then", !now);
    for (const land of section.querySelectorAll("path[data-at]")) {
      const number = Math.min(numberAt(land, moment), 3);
      for (const level of [1, 2, 3]) land.classList.toggle(`map__land--${level}`, level === number);
    }
    for (const dot of section.querySelectorAll("circle[data-at]")) {
      dot.classList.toggle("map__dot--out", !(numberAt(dot, moment) || (now && dot.matches(".map__dot--announced"))));
    }
    const day = new URL(link.href).searchParams.get("on");
    for (const country of countries) {
      const row = find(`[data-number="${numberAt(country, moment)}"] ul`);
      country.hidden = !row;
      if (row) row.append(country);
      const address = new URL(country.firstChild.href);
      if (now) address.searchParams.delete("on"); else address.searchParams.set("on", day);
      country.firstChild.href = address;
    }
    for (const row of section.querySelectorAll("[data-number]")) row.hidden = !row.querySelector("li:not([hidden])");
    for (const row of section.querySelectorAll("[data-announced]")) row.hidden = !now;
  };

  section.addEventListener("click", (event) => {
    const link = event.target.closest(".years nav a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link);
  });
  section.addEventListener("keydown", (event) => {
    const place = links.indexOf(event.target);
    const to = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: links.length - 1 }[event.key];
    if (place < 0 || !links[to]) return;
    event.preventDefault();
    links[to].focus();
    show(links[to]);
  });
}
