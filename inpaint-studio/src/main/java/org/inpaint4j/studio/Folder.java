package org.inpaint4j.studio;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.files.PictureFormat;

/**
 * The one folder whose pictures are offered. What a client says is compared with the names that are
 * there, and never made into a path; links are not followed.
 */
final class Folder {

  private static final int MOST_LISTED = 2000;
  private static final int MOST_TRIES = 10_000;

  /** A picture of the folder. */
  record Entry(String name, long bytes) {}

  private final Path root;

  Folder(Path root) throws IOException {
    this.root = root.toRealPath();
  }

  String name() {
    return String.valueOf(root.getFileName());
  }

  /** The pictures, by name. */
  List<Entry> list() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path file : pictures()) {
      entries.add(new Entry(String.valueOf(file.getFileName()), Files.size(file)));
    }
    return entries;
  }

  private List<Path> pictures() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files
          .filter(Folder::isPicture)
          .sorted(Comparator.comparing(file -> String.valueOf(file.getFileName())))
          .limit(MOST_LISTED)
          .toList();
    }
  }

  private static boolean isPicture(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && !String.valueOf(file.getFileName()).startsWith(".")
        && PictureFormat.of(file).isPresent();
  }

  /**
   * Reads a picture of the list.
   *
   * @param name must be one of the list
   * @param most the bytes it may have
   * @throws Refusal if there is none of that name, or it is too large or finds no memory
   */
  Upload read(String name, long most, MemoryBudget.Source memory) throws IOException {
    for (Path file : pictures()) {
      if (String.valueOf(file.getFileName()).equals(name)) {
        return read(file, most, memory);
      }
    }
    throw Refusal.notFound("a picture must be in the folder: found none of this name");
  }

  private static Upload read(Path file, long most, MemoryBudget.Source memory) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      long size = channel.size();
      if (size > most) {
        throw new Refusal(
            Refusal.TOO_LARGE,
            "a picture must have at most " + most + " bytes: found " + size + " bytes");
      }
      MemoryBudget.Share share = memory.take(size);
      try {
        return new Upload(Channels.newInputStream(channel).readNBytes((int) size), share);
      } catch (IOException | RuntimeException e) {
        share.close();
        throw e;
      }
    }
  }

  /**
   * Saves a picture under a name that no file has: {@code holiday-filled.png}, {@code
   * holiday-filled-2.png}.
   *
   * @param original the name of a picture of the folder; another name is not looked at
   * @return the name of the new file
   */
  String save(PictureFile picture, PictureFormat format, String original) throws IOException {
    picture.checkHolds(format);
    boolean known = list().stream().anyMatch(entry -> entry.name().equals(original));
    String base = known ? original.substring(0, original.lastIndexOf('.')) : "picture";
    Path part = root.resolve("." + Secrets.id() + ".part");
    try {
      try (OutputStream out =
          Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        picture.write(out, format);
      }
      return place(part, base + "-filled", Workshop.ending(format));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Moves a file to the first name that is free. */
  private String place(Path part, String base, String ending) throws IOException {
    for (int n = 1; n < MOST_TRIES; n++) {
      String name = base + (n == 1 ? "" : "-" + n) + ending;
      Path target = root.resolve(name);
      if (take(target)) {
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        return name;
      }
    }
    throw new Refusal(Refusal.CONFLICT, "the folder must have a free name for " + base + ending);
  }

  /** Takes a name; false if there is a file or a link of it. */
  private static boolean take(Path target) throws IOException {
    try {
      Files.createFile(target);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
