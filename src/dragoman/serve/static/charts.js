"use strict";
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const ink = () => ({ ink: css("--ink"), soft: css("--soft"), line: css("--line"), coop: css("--coop"), conf: css("--conf"), card: css("--card") });
const tip = (extra = {}) => ({ renderMode: "richText", confine: true, ...extra });
const text = (color) => ({ color, fontSize: 12 });
const search = (link, more) => { location.href = "/search?" + [link, more].filter(Boolean).join("&"); };
function lastDay(start, unit) {
  const day = new Date(start + "T00:00:00Z");
  if (unit === "week") day.setUTCDate(day.getUTCDate() + 6);
  if (unit === "month") { day.setUTCMonth(day.getUTCMonth() + 1); day.setUTCDate(0); }
  if (unit === "year") { day.setUTCMonth(11); day.setUTCDate(31); }
  return day.toISOString().slice(0, 10);
}
const during = (start, unit) => `since=${start}&until=${lastDay(start, unit)}`;
function axes(name, c) {
  return {
    xAxis: { type: "category", axisLabel: text(c.soft), axisLine: { lineStyle: { color: c.soft } } },
    yAxis: [{ type: "value", name, nameTextStyle: text(c.soft), axisLabel: { ...text(c.soft), formatter: (n) => String(Math.abs(n)) }, splitLine: { lineStyle: { color: c.line } } }],
  };
}
function sides(data, c, small) {
  const shown = axes("records a " + data.unit, c);
  shown.xAxis.data = data.rows.map((row) => row.start);
  return {
    ...shown, animation: false, tooltip: tip({ trigger: "axis" }), grid: { left: 60, right: small ? 20 : 60, top: 45, bottom: small ? 30 : 70 },
    legend: { textStyle: text(c.ink), top: 5, right: 20 },
    series: [
      { name: "cooperation", type: "bar", stack: "n", itemStyle: { color: c.coop }, data: data.rows.map((row) => row.cooperation) },
      { name: "conflict", type: "bar", stack: "n", itemStyle: { color: c.conf }, data: data.rows.map((row) => -row.conflict) },
    ],
  };
}
function pair(data, c) {
  const option = sides(data, c, false);
  option.yAxis.push({ type: "value", name: "mean score −10..10", min: -10, max: 10, nameTextStyle: text(c.soft), axisLabel: text(c.soft), splitLine: { show: false } });
  option.dataZoom = [{ type: "slider", bottom: 10, textStyle: text(c.soft) }];
  const marks = data.alarms.map((one) => ({ xAxis: one.start, label: { formatter: { rise: "▲", fall: "▼", change: "◆" }[one.kind], color: c.ink } }));
  option.series.push({ name: "mean score", type: "line", yAxisIndex: 1, symbolSize: 6, connectNulls: false, lineStyle: { color: c.ink }, itemStyle: { color: c.ink }, data: data.rows.map((row) => row.mean_score), markLine: { symbol: "none", silent: true, lineStyle: { type: "dashed", color: c.soft }, data: marks } });
  return option;
}
function timeline(data, c) {
  const types = [...new Set(data.points.map((one) => one.event))].sort().reverse();
  const side = (coop) => data.points.filter((one) => (one.quad <= 2) === coop).map((one) => [one.start, one.event, one.n]);
  const series = (name, color, coop) => ({ name, type: "scatter", large: false, itemStyle: { color, opacity: 0.7 }, symbolSize: (value) => Math.min(34, 4 + 3 * Math.sqrt(value[2])), data: side(coop) });
  return {
    animation: false, tooltip: tip({ formatter: (one) => `${one.value[1]} ${one.value[0]}: ${one.value[2]} records` }), legend: { textStyle: text(c.ink), top: 5, right: 20 },
    grid: { left: 100, right: 30, top: 40, bottom: 75 }, dataZoom: [{ type: "slider", bottom: 10, textStyle: text(c.soft) }],
    xAxis: { type: "time", name: "day", axisLabel: text(c.soft) }, yAxis: { type: "category", data: types, axisLabel: text(c.ink) },
    series: [series("cooperation", c.coop, true), series("conflict", c.conf, false)],
  };
}
function network(data, c) {
  const most = Math.max(1, ...data.actors.map((one) => one.n)), widest = Math.max(1, ...data.links.map((one) => one.n));
  return {
    animation: false, tooltip: tip({ formatter: (one) => one.dataType === "edge" ? `${one.data.source} → ${one.data.target}: ${one.data.value} records, mean score ${one.data.score}` : `${one.name}: ${one.value} records` }),
    series: [{
      type: "graph", layout: "force", roam: true, draggable: true, labelLayout: { hideOverlap: true }, force: { repulsion: 60 + 6000 / data.actors.length, edgeLength: 90, layoutAnimation: false, initLayout: "circular" }, emphasis: { focus: "adjacency", label: { show: true } }, edgeSymbol: ["none", "arrow"], edgeSymbolSize: 5,
      data: data.actors.map((one, rank) => ({ name: one.code, value: one.n, symbolSize: 6 + 30 * Math.sqrt(one.n / most), itemStyle: { color: c.soft }, label: { show: rank < 50, color: c.ink, position: "right" } })),
      links: data.links.map((one) => ({ source: one.actor, target: one.recipient, value: one.n, score: one.mean_score, lineStyle: { color: one.mean_score >= 0 ? c.coop : c.conf, type: one.mean_score >= 0 ? "solid" : "dashed", width: 0.6 + 4 * (one.n / widest), opacity: 0.5, curveness: 0.12 } })),
    }],
  };
}
async function map(data, c) {
  const answer = await fetch("/static/vendor/world/world.json");
  echarts.registerMap("world", await answer.json());
  const most = Math.max(2, ...data.countries.map((one) => one.n));
  return {
    animation: false, tooltip: tip({ formatter: (one) => one.seriesType === "map" ? `${one.name}: ${one.data ? one.data.n : 0} records` : `${one.data.event} ${one.data.place} ${one.data.date}` }),
    visualMap: { seriesIndex: 0, min: 0, max: Math.log10(1 + most), text: [`${most} records`, "0"], calculable: false, left: 10, bottom: 10, textStyle: text(c.ink), inRange: { color: [c.line, c.ink] } },
    geo: { map: "world", roam: true, left: 10, right: 10, top: 10, bottom: 10, itemStyle: { areaColor: c.line, borderColor: c.soft, borderWidth: 0.5 } },
    series: [
      { type: "map", geoIndex: 0, map: "world", data: data.countries.map((one) => ({ name: one.country, value: Math.log10(1 + one.n), n: one.n })) },
      { type: "scatter", coordinateSystem: "geo", symbolSize: 7, data: data.points.map((one) => ({ ...one, value: [one.lon, one.lat], symbol: one.quad <= 2 ? "circle" : "triangle", itemStyle: { color: one.quad <= 2 ? c.coop : c.conf } })) },
    ],
  };
}
const KINDS = { bars: (data, c) => sides(data, c, true), pair, timeline, network, map };
const CLICKS = {
  bars: (one, data) => search(data.link, during(one.name, data.unit)), pair: (one, data) => search(data.link, during(one.name, data.unit)),
  timeline: (one, data) => search(data.link, `event=${one.value[1]}&${during(one.value[0], data.unit)}`),
  network: (one) => { if (one.dataType === "edge") location.href = `/pair?a=${one.data.source}&b=${one.data.target}`; else search("", `actor=${one.name}`); },
  map: (one, data) => { if (one.seriesType === "map") search(data.link, `country=${one.name}`); else location.href = `/record/${one.data.id}`; },
};
document.addEventListener("DOMContentLoaded", async () => {
  for (const box of document.querySelectorAll("[data-chart]")) {
    const kind = box.dataset.chart, data = JSON.parse(document.getElementById(box.id + "-data").dataset.json);
    const chart = echarts.init(box), option = await KINDS[kind](data, ink());
    chart.setOption(option);
    chart.on("click", (one) => CLICKS[kind](one, data));
    addEventListener("resize", () => chart.resize());
    box.dataset.ready = "yes";
    for (const button of document.querySelectorAll(`[data-of="${box.id}"]`)) button.addEventListener("click", () => save(chart, option, box, button.dataset.picture));
  }
});
function save(chart, option, box, kind) {
  const link = document.createElement("a");
  if (kind === "png") link.href = chart.getDataURL({ pixelRatio: 3, backgroundColor: css("--card") });
  else {
    const drawn = echarts.init(null, null, { renderer: "svg", ssr: true, width: box.clientWidth, height: box.clientHeight });
    drawn.setOption(option);
    link.href = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(drawn.renderToSVGString());
    drawn.dispose();
  }
  link.download = `dragoman-${box.id}.${kind}`;
  link.click();
}
