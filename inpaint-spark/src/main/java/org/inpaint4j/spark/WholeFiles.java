package org.inpaint4j.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * Writes files of a folder that appear whole or not at all.
 *
 * <p>A file is written to a folder of parts, under a name that no other attempt has, and renamed.
 * So two attempts at one picture (a task that is tried again, or twice at once) do not write into
 * each other's file, and the last to be complete stays. What a killed executor leaves is in the
 * folder of parts, which {@link #clean} removes.
 *
 * <p>Renaming is one step on HDFS and on disks. On object stores it is a copy, but a file appears
 * there only when it is complete.
 */
final class WholeFiles {

  /** Hidden from Spark and from {@code inpaint fill}. */
  private static final String PARTS = ".inpaint-parts";

  private final FileSystem files;
  private final Path parts;

  WholeFiles(Path folder, Configuration hadoop) throws IOException {
    this.files = files(folder, hadoop);
    this.parts = new Path(folder, PARTS);
  }

  /** The file system of a path, without the files of checksums that Hadoop lays beside ours. */
  static FileSystem files(Path path, Configuration hadoop) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
  }

  /**
   * Writes a file.
   *
   * @param file in the folder; replaced if it exists
   * @param bytes all of it. Not modified.
   * @param attempt a name that no other attempt has
   * @throws IOException if it cannot be written
   */
  void write(Path file, byte[] bytes, String attempt) throws IOException {
    Path part = new Path(parts, file.getName() + "." + attempt);
    try (FSDataOutputStream out = files.create(part, true)) {
      out.write(bytes);
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        out.hsync();
      }
    }
    // Into a folder, Hadoop would move it.
    if (isFolder(file)) {
      files.delete(part, false);
      throw new IOException("a filled picture must not have the name of a folder: found " + file);
    }
    // Disks replace a file that is there. HDFS refuses, then it goes first.
    if (!renamed(part, file)) {
      files.delete(file, false);
      if (!renamed(part, file)) {
        files.delete(part, false);
        throw new IOException("a filled picture must be renamed: could not rename to " + file);
      }
    }
  }

  /** Makes a folder for files, and those that it is in. */
  void makeFolder(Path folder) throws IOException {
    if (!files.mkdirs(folder)) {
      throw new IOException("a folder of filled pictures must be made: could not make " + folder);
    }
  }

  private boolean isFolder(Path file) throws IOException {
    try {
      return files.getFileStatus(file).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private boolean renamed(Path part, Path file) throws IOException {
    try {
      return files.rename(part, file);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Removes what attempts have left that did not end. Not while a job writes into the folder. */
  void clean() throws IOException {
    files.delete(parts, true);
  }
}
