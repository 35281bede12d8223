package org.inpaint4j.eval.experiment;

import static com.google.common.base.Preconditions.checkState;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** The page of the report as a Mustache template: report.mustache and its parts. */
final class ReportTemplate {

  private final Mustache page =
      new DefaultMustacheFactory(ReportTemplate::open).compile("report.mustache");

  private static Reader open(String name) {
    InputStream part = ReportTemplate.class.getResourceAsStream(name);
    checkState(part != null, "the report's template must have all its parts: found no %s", name);
    return new InputStreamReader(part, StandardCharsets.UTF_8);
  }

  /** The page as HTML; all texts are escaped. */
  String html(ReportPage values) {
    StringWriter html = new StringWriter();
    page.execute(html, values);
    return html.toString();
  }
}
