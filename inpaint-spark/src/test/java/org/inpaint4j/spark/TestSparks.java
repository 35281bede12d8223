package org.inpaint4j.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Sessions for tests: two threads of this process, no page, nothing outside of a folder. */
final class TestSparks {

  private TestSparks() {}

  static SparkSession open(Path folder) {
    return SparkSession.builder()
        .appName("test")
        .master("local[2]")
        .config("spark.ui.enabled", false)
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", 2)
        .config("spark.local.dir", folder.resolve("local").toString())
        .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toUri().toString())
        .getOrCreate();
  }
}
