package org.inpaint4j.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportTemplateTest {

  private static final ReportTable EMPTY = new ReportTable(List.of(), List.of());

  private static String html(
      String title, ReportTable reference, ReportPage.@Nullable Plots losses) {
    return new ReportTemplate()
        .html(
            new ReportPage(
                title,
                List.of(new ReportPage.Fact("Seed", "5")),
                reference,
                List.of(),
                EMPTY,
                EMPTY,
                EMPTY,
                EMPTY,
                List.of(),
                losses));
  }

  @Test
  void html_textWithMarkup_isEscaped() {
    assertThat(html("a <b> & \"c\"", EMPTY, null))
        .contains("<h1>a &lt;b&gt; &amp; &quot;c&quot;</h1>")
        .contains("<dt>Seed</dt><dd>5</dd>");
  }

  @Test
  void html_table_marksNamesBestAndBlocks() {
    ReportTable table =
        ReportTable.of(
            List.of(
                new TableLayout.Line(
                    "noise", "PSNR dB", List.of("1.0", "2.0"), List.of(false, true)),
                new TableLayout.Line("noise", "SSIM", List.of("0.5", "0.4"), List.of(true, false))),
            List.of("ours", "theirs"));

    assertThat(html("t", table, null))
        .contains(
            "<tr><th class=\"name\">mask</th><th class=\"name\">metric</th><th>ours</th>"
                + "<th>theirs</th></tr>",
            "<tr class=\"first\"><td class=\"name\">noise</td><td class=\"name\">PSNR dB</td>"
                + "<td>1.0</td><td class=\"best\">2.0</td></tr>",
            "<tr><td class=\"name\"></td><td class=\"name\">SSIM</td><td class=\"best\">0.5</td>"
                + "<td>0.4</td></tr>");
  }

  @Test
  void html_withoutLosses_hasNoSectionOfThem() {
    assertThat(html("t", EMPTY, null)).doesNotContain("Loss against step").doesNotContain("<svg");
  }

  @Test
  void html_chart_drawsLinesBetweenItsTicks() {
    LineChart chart =
        LineChart.of(
            "loss",
            "step",
            List.of(
                new LineChart.Line(
                    "ours", "#123456", List.of(new double[] {0, 0}, new double[] {10, 1}))),
            true);

    // The axes run from (56, 236) to (426, 30).
    assertThat(chart.curves().get(0).path()).isEqualTo("M56.0,236.0 L426.0,30.0");
    assertThat(chart.xTicks().stream().map(LineChart.Tick::label))
        .containsExactly("0", "2", "4", "6", "8", "10");
    assertThat(chart.yTicks().get(1)).isEqualTo(new LineChart.Tick("194.8", "0.2"));
    assertThat(
            html(
                "t",
                EMPTY,
                new ReportPage.Plots(
                    List.of(new ReportPage.KeyEntry("ours", "#123456")), List.of(chart))))
        .contains("<path d=\"M56.0,236.0 L426.0,30.0\" fill=\"none\" stroke=\"#123456\"")
        .contains(
            "<circle cx=\"426.0\" cy=\"30.0\" r=\"3.5\" fill=\"#123456\">"
                + "<title>ours: 1</title></circle>")
        .contains("<i style=\"background:#123456\"></i>ours");
  }
}
