package org.inpaint4j.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of EXIF data (Exif 2.32): a TIFF structure. They are patched in place, so that all else in
 * them stays where it is; makers of cameras keep places of bytes in fields of their own.
 */
final class Exif {

  static final int ORIENTATION = 0x0112;
  static final int X_RESOLUTION = 0x011A;
  static final int Y_RESOLUTION = 0x011B;
  static final int RESOLUTION_UNIT = 0x0128;
  private static final int THUMBNAIL = 0x0201;
  private static final int THUMBNAIL_LENGTH = 0x0202;
  private static final int PIXELS_X = 0xA002;
  private static final int PIXELS_Y = 0xA003;

  /** A thumbnail is in the second; more than a few are no picture's. */
  private static final int MOST_DIRECTORIES = 16;

  private Exif() {}

  /** Takes a block into the metadata of a picture; one that cannot be read is left out. */
  static void take(byte[] block, Metadata metadata) {
    byte[] bare = bare(block);
    try {
      Ifd ifd = Ifd.first(bare);
      // A block that says nothing but how the camera was held is used up by turning upright.
      metadata.exif = about(ifd).fields.isEmpty() ? null : bare;
      metadata.orientation = orientation(ifd);
      if (metadata.resolution == null) {
        metadata.resolution = resolution(ifd);
      }
    } catch (IOException e) {
      metadata.notes.add("its EXIF data is broken, and left out");
    }
  }

  /** Some writers of WebP files put JPEG's name of the segment before the block. */
  private static byte[] bare(byte[] block) {
    Bytes bytes = new Bytes(block, false);
    return bytes.startsWith(0, "Exif\0\0") ? Arrays.copyOfRange(block, 6, block.length) : block;
  }

  /** Fields of a picture's first directory that are EXIF data, not about how it is stored. */
  private static final Set<Integer> ABOUT =
      Set.of(
          0x010D, 0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x013C, 0x4746, 0x4749, 0x8298,
          0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F, Ifd.EXIF, Ifd.GPS);

  private static final int MOST_BYTES = 16 << 20;

  /** The block that a TIFF file would have if it were of another format. */
  static byte @Nullable [] ofPicture(Ifd picture) {
    Ifd ifd = about(picture);
    long size = 8 + ifd.size();
    if (ifd.fields.isEmpty() || size > MOST_BYTES) {
      return null;
    }
    ByteBuffer block = ByteBuffer.allocate((int) size).order(ifd.order());
    block.put((byte) (ifd.little ? 'I' : 'M')).put((byte) (ifd.little ? 'I' : 'M'));
    block.putShort((short) 42).putInt(8);
    ifd.write(block, 0);
    return block.array();
  }

  /** The directory of a TIFF file with the fields of a block; empty without one. */
  static Ifd forTiff(byte @Nullable [] block) {
    if (block == null) {
      return new Ifd(true);
    }
    try {
      Ifd ifd = about(Ifd.first(block));
      return ifd.size() > MOST_BYTES ? new Ifd(true) : ifd;
    } catch (IOException e) {
      // It was read once already, so this does not happen.
      return new Ifd(true);
    }
  }

  private static Ifd about(Ifd picture) {
    Ifd ifd = new Ifd(picture.little);
    picture.fields.forEach(
        (tag, field) -> {
          if (ABOUT.contains(tag)) {
            ifd.fields.put(tag, field);
          }
        });
    picture.children.forEach(
        (tag, child) -> {
          if (ABOUT.contains(tag)) {
            ifd.children.put(tag, child);
          }
        });
    return ifd;
  }

  static int orientation(Ifd ifd) {
    try {
      long value = ifd.number(ORIENTATION, Orientation.UPRIGHT);
      return value >= 1 && value <= 8 ? (int) value : Orientation.UPRIGHT;
    } catch (IOException e) {
      // A photo must not fail for that.
      return Orientation.UPRIGHT;
    }
  }

  static Metadata.@Nullable Resolution resolution(Ifd ifd) {
    try {
      Ifd.Field x = ifd.field(X_RESOLUTION);
      Ifd.Field y = ifd.field(Y_RESOLUTION);
      long unit = ifd.number(RESOLUTION_UNIT, 2);
      if (x == null || y == null || (unit != 2 && unit != 3)) {
        return null;
      }
      double inches = unit == 2 ? 1 : 2.54;
      Metadata.Resolution dots = new Metadata.Resolution(x.real(0) * inches, y.real(0) * inches);
      return dots.isUsable() ? dots : null;
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * The block of a picture that has been turned upright. Its thumbnail is erased: it shows what was
   * there before the hole was filled.
   *
   * @param block not modified
   * @param turned whether width and height have changed places
   */
  static byte[] upright(byte[] block, boolean turned) {
    byte[] patched = block.clone();
    Ifd ifd;
    try {
      ifd = Ifd.first(block);
    } catch (IOException e) {
      // It was read once already, so this does not happen.
      return patched;
    }
    eraseThumbnails(patched, ifd, new Bytes(block, ifd.little));
    patch(patched, ifd, ORIENTATION, Orientation.UPRIGHT);
    Ifd exif = ifd.children.get(Ifd.EXIF);
    if (turned && exif != null) {
      swapSides(patched, exif);
    }
    return patched;
  }

  private static void swapSides(byte[] block, Ifd exif) {
    if (exif.field(PIXELS_X) == null || exif.field(PIXELS_Y) == null) {
      return;
    }
    try {
      long width = exif.number(PIXELS_X, 0);
      long height = exif.number(PIXELS_Y, 0);
      patch(block, exif, PIXELS_X, height);
      patch(block, exif, PIXELS_Y, width);
    } catch (IOException e) {
      // What is no number cannot be turned either.
    }
  }

  /**
   * Erases the pictures of all directories behind the first one, and the way to them. What cannot
   * be read of a directory is left out; the rest is erased all the same.
   */
  private static void eraseThumbnails(byte[] block, Ifd first, Bytes bytes) {
    fill(block, first.nextAt, 4);
    long at = first.next;
    for (int i = 0; at != 0 && i < MOST_DIRECTORIES; i++) {
      Ifd thumbnail = Ifd.readable(bytes, at);
      erase(block, thumbnail.field(THUMBNAIL), thumbnail.field(THUMBNAIL_LENGTH));
      erase(
          block,
          thumbnail.field(TiffReader.STRIP_OFFSETS),
          thumbnail.field(TiffReader.STRIP_BYTES));
      at = thumbnail.next;
    }
  }

  private static void erase(byte[] block, Ifd.@Nullable Field places, Ifd.@Nullable Field lengths) {
    if (places == null || lengths == null) {
      return;
    }
    try {
      // Parts of a picture do not overlap, so that all of them are no longer than the block.
      long left = block.length;
      for (int i = 0; i < Math.min(places.count(), lengths.count()) && left > 0; i++) {
        long length = Math.min(block.length, lengths.number(i));
        fill(block, places.number(i), length);
        left -= length;
      }
    } catch (IOException e) {
      // They are no numbers, and so no places.
    }
  }

  private static void fill(byte[] block, long from, long length) {
    long end = Math.min(block.length, from + length);
    for (long i = from; i < end; i++) {
      block[(int) i] = 0;
    }
  }

  private static void patch(byte[] block, Ifd ifd, int tag, long value) {
    Ifd.Field field = ifd.field(tag);
    if (field == null || field.count() == 0) {
      return;
    }
    ByteBuffer buffer =
        ByteBuffer.wrap(block).order(ifd.little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    if (field.type() == Ifd.SHORT) {
      buffer.putShort((int) field.at(), (short) value);
    } else if (field.type() == Ifd.LONG) {
      buffer.putInt((int) field.at(), (int) value);
    } else if (field.type() == Ifd.BYTE) {
      buffer.put((int) field.at(), (byte) value);
    }
  }
}
