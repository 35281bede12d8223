package org.inpaint4j.model;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads what {@code torch.save} writes.
 *
 * <p>Since PyTorch 1.6 a checkpoint is a zip whose entries are stored, not compressed. {@code
 * name/data.pkl} is a pickle of the object, in which a tensor is a view (offset, shape, strides) of
 * a storage. {@code name/data/KEY} are the storages. Before 1.6 a checkpoint was a sequence: the
 * pickles of a magic number, of a protocol version and of the machine's properties; the pickle of
 * the object; the pickle of the list of storage keys; and then each storage as its number of
 * elements (int64) and its elements.
 */
final class TorchCheckpoint {

  /** 0x1950a86a20f9469cfc6c, as a pickle has it: the lowest byte first. */
  private static final byte[] LEGACY_MAGIC = {
    0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19
  };

  /** Tensors may share storages, so they can be larger than the file, but not by much. */
  private static final int MAX_GROWTH = 4;

  /** Reads one storage, which may overwrite what was read before. */
  private interface Storages {
    ByteBuffer read(TorchPickle.Storage storage) throws IOException;
  }

  private TorchCheckpoint() {}

  static Map<String, Weights.Tensor> readZip(Source source) throws IOException {
    try (ZipFile zip = new ZipFile(requireNonNull(source.path(), "a zip is a file").toFile())) {
      List<String> pickles = new ArrayList<>();
      zip.stream().map(ZipEntry::getName).filter(TorchCheckpoint::isPickle).forEach(pickles::add);
      if (pickles.size() != 1) {
        boolean dl4j = zip.getEntry("configuration.json") != null;
        throw source.problem(
            "a PyTorch zip must hold one data.pkl: found "
                + (dl4j ? "a DL4J network" : pickles.toString()));
      }
      String pickle = pickles.get(0);
      String folder = pickle.substring(0, pickle.length() - "data.pkl".length());
      ZipEntry order = zip.getEntry(folder + "byteorder");
      if (order != null
          && !Arrays.equals(bytes(source, zip, order), new byte[] {'l', 'i', 't', 't', 'l', 'e'})) {
        throw source.problem("a checkpoint must be little-endian: found another byteorder");
      }
      Source program =
          Source.of(source.name(), bytes(source, zip, requireNonNull(zip.getEntry(pickle))));
      Object root = TorchPickle.load(program, program.stream(0), program.size()).root();
      return decode(
          source,
          TorchTensors.of(source, root),
          storage -> {
            ZipEntry entry = zip.getEntry(folder + "data/" + storage.key());
            if (entry == null) {
              throw source.problem("storage " + storage.key() + " must be in the zip: found none");
            }
            checkLength(source, storage, entry.getSize());
            int size = checkStored(source, entry);
            byte[] data = source.scratch(size);
            fill(source, zip, entry, data, size);
            return ByteBuffer.wrap(data, 0, size);
          });
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      // The last is how ZipFile reports a name that is not in its character set.
      throw new ModelFormatException(source.name(), "the zip must be whole: " + e.getMessage(), e);
    }
  }

  private static boolean isPickle(String name) {
    return name.endsWith("/data.pkl") && name.indexOf('/') == name.length() - "/data.pkl".length();
  }

  private static byte[] bytes(Source source, ZipFile zip, ZipEntry entry) throws IOException {
    byte[] bytes = new byte[checkStored(source, entry)];
    fill(source, zip, entry, bytes, bytes.length);
    return bytes;
  }

  /** The length of an entry, which is in the file as it is and not longer than the file. */
  private static int checkStored(Source source, ZipEntry entry) throws ModelFormatException {
    if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
      throw source.problem("entries of the zip must not be compressed: found " + entry.getName());
    }
    if (entry.getSize() < 0
        || entry.getSize() > source.size()
        || entry.getSize() > Integer.MAX_VALUE - 8) {
      throw source.problem(
          "entry "
              + entry.getName()
              + " must lie inside the file: found "
              + entry.getSize()
              + " bytes");
    }
    return (int) entry.getSize();
  }

  private static void fill(Source source, ZipFile zip, ZipEntry entry, byte[] bytes, int length)
      throws IOException {
    try (InputStream stream = zip.getInputStream(entry)) {
      int found = stream.readNBytes(bytes, 0, length);
      if (found != length) {
        throw source.problem(
            "entry "
                + entry.getName()
                + " must be whole: expected "
                + length
                + " bytes, found "
                + found);
      }
    }
  }

  static Map<String, Weights.Tensor> readLegacy(Source source) throws IOException {
    Source.SourceStream stream = source.stream(0);
    skipHeader(source, stream);
    TorchPickle.Program program = TorchPickle.load(source, stream, stream.remaining());
    Map<String, TorchPickle.View> views = TorchTensors.of(source, program.root());
    Map<String, Long> places = places(source, stream, program.storages());
    return decode(
        source,
        views,
        storage -> {
          Long place = places.get(storage.key());
          if (place == null) {
            throw source.problem("storage " + storage.key() + " must be in the file: found none");
          }
          long bytes = source.read(place, 8, "a storage").getLong() * storage.type().bytes;
          checkLength(source, storage, bytes);
          return source.readOver(place + 8, bytes, "storage " + storage.key());
        });
  }

  /** The pickles before that of the object. */
  private static void skipHeader(Source source, Source.SourceStream stream) throws IOException {
    TorchPickle.loadInner(source, stream, 64);
    Object version = TorchPickle.loadInner(source, stream, 64).root();
    if (!Integer.valueOf(1001).equals(version)) {
      throw source.problem("a legacy checkpoint must have protocol version 1001: found " + version);
    }
    Object system = TorchPickle.loadInner(source, stream, 4096).root();
    if (!(system instanceof Map<?, ?> properties)
        || !Boolean.TRUE.equals(properties.get("little_endian"))) {
      throw source.problem("a checkpoint must be little-endian: found another byte order");
    }
  }

  /** A pickle of NVIDIA's networks: each storage is a checkpoint of its own, as bytes. */
  static Map<String, Weights.Tensor> readPersistent(Source source) throws IOException {
    ByteBuffer start = source.read(0, Math.min(source.size(), 1 << 16), "the start");
    if (!StandardCharsets.ISO_8859_1.decode(start).toString().contains(PersistentModules.MARK)) {
      throw source.problem(
          "a pickle must be a checkpoint that torch.save has written, or hold networks of NVIDIA's"
              + " PyTorch code: found a pickle of "
              + foreign(TorchPickle.describe(source))
              + "; save its state dictionaries with torch.save or as safetensors");
    }
    TorchPickle.Program program = TorchPickle.load(source, source.stream(0), source.size());
    if (!program.storages().isEmpty()) {
      throw source.problem(
          "a pickle of NVIDIA's networks must hold its storages as bytes: found one that is"
              + " elsewhere");
    }
    return decode(
        source,
        TorchTensors.of(source, program.root()),
        storage ->
            source.readOver(
                Long.parseLong(storage.key()),
                storage.elements() * storage.type().bytes,
                "a storage"));
  }

  /**
   * A storage that {@code torch.save} has written into bytes of a pickle.
   *
   * @return the storage; its key is the place of its elements in the file
   */
  static TorchPickle.Storage innerStorage(Source source, TorchPickle.Bytes bytes)
      throws IOException {
    if (!startsWithMagic(source, bytes.position())) {
      throw source.problem("a storage in a pickle must be what torch.save has written");
    }
    Source.SourceStream stream = source.stream(bytes.position());
    skipHeader(source, stream);
    Object root = TorchPickle.loadInner(source, stream, 4096).root();
    Object keys = TorchPickle.loadInner(source, stream, 4096).root();
    if (!(root instanceof TorchPickle.Storage storage) || !List.of(storage.key()).equals(keys)) {
      throw source.problem("bytes in a pickle must hold one storage: found something else");
    }
    long place = stream.position() + 8;
    long elements = source.read(place - 8, 8, "a storage").getLong();
    long left = bytes.position() + bytes.length() - place;
    checkLength(source, storage, left);
    if (elements != storage.elements()) {
      throw source.problem(
          "a storage must be as long as it says: expected "
              + storage.elements()
              + " elements, found "
              + elements);
    }
    return new TorchPickle.Storage(storage.type(), Long.toString(place), elements);
  }

  /** The opcode PROTO with its version, then LONG1 with the ten bytes of the number, and STOP. */
  static boolean startsWithMagic(Source source, long at) throws IOException {
    int length = 3 + 1 + LEGACY_MAGIC.length;
    if (source.size() - at < length) {
      return false;
    }
    ByteBuffer start = source.read(at + 2, length - 2, "the start");
    boolean same = start.get() == (byte) 0x8a && start.get() == LEGACY_MAGIC.length;
    for (byte expected : LEGACY_MAGIC) {
      same = start.get() == expected && same;
    }
    return same;
  }

  /** Names the code that has written a pickle, where it is one that people have files of. */
  private static String foreign(String found) {
    boolean nvidia = found.contains(" dnnlib.tflib.");
    return nvidia ? found + " (a network of NVIDIA's TensorFlow code, with code in it)" : found;
  }

  /** Where each storage of a legacy file starts, with its number of elements. */
  private static Map<String, Long> places(
      Source source, Source.SourceStream stream, Map<String, ElementType> types)
      throws IOException {
    Object keys = TorchPickle.load(source, stream, stream.remaining()).root();
    if (!(keys instanceof List<?> list)) {
      throw source.problem("a legacy checkpoint must list its storages: found no list");
    }
    Map<String, Long> places = new HashMap<>();
    long position = stream.position();
    for (Object item : list) {
      String key = String.valueOf(item);
      ElementType type = types.get(key);
      if (type == null || places.put(key, position) != null) {
        throw source.problem("a listed storage must be used, and listed once: found " + key);
      }
      long elements = source.read(position, 8, "storage " + key).getLong();
      long left = source.size() - position - 8;
      if (elements < 0 || elements > left / type.bytes) {
        throw source.problem(
            "storage "
                + key
                + " must lie inside the file: expected at most "
                + left
                + " bytes, found "
                + elements
                + " elements of "
                + type.bytes);
      }
      position += 8 + elements * type.bytes;
    }
    if (position != source.size()) {
      throw source.problem(
          "the file must end with its last storage: expected "
              + position
              + " bytes, found "
              + source.size());
    }
    return places;
  }

  private static void checkLength(Source source, TorchPickle.Storage storage, long bytes)
      throws ModelFormatException {
    // A division, because the number of elements is the file's word and could overflow a product.
    int width = storage.type().bytes;
    if (bytes % width != 0 || bytes / width != storage.elements()) {
      throw source.problem(
          "storage "
              + storage.key()
              + " must be as long as its tensors say: expected "
              + storage.elements()
              + " elements of "
              + width
              + " bytes, found "
              + bytes
              + " bytes");
    }
  }

  private static Map<String, Weights.Tensor> decode(
      Source source, Map<String, TorchPickle.View> views, Storages storages) throws IOException {
    long budget = MAX_GROWTH * source.size();
    Map<TorchPickle.Storage, List<String>> users = new LinkedHashMap<>();
    Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TorchPickle.View> entry : views.entrySet()) {
      long bytes = 4 * elements(source, entry.getKey(), entry.getValue());
      budget -= bytes;
      if (budget < 0) {
        throw source.problem(
            "tensors must be at most "
                + MAX_GROWTH
                + " times as large as the file: found more at "
                + entry.getKey());
      }
      // Holds the place in the order of the file until its storage is read.
      tensors.put(entry.getKey(), new Weights.Tensor(new int[0], new float[0]));
      users
          .computeIfAbsent(entry.getValue().storage, storage -> new ArrayList<>())
          .add(entry.getKey());
    }
    for (Map.Entry<TorchPickle.Storage, List<String>> user : users.entrySet()) {
      ByteBuffer data = storages.read(user.getKey()).order(ByteOrder.LITTLE_ENDIAN);
      for (String name : user.getValue()) {
        tensors.put(name, gather(requireNonNull(views.get(name), name), data));
      }
    }
    return tensors;
  }

  /** The number of elements of a tensor that lies inside its storage. */
  private static long elements(Source source, String name, TorchPickle.View view)
      throws ModelFormatException {
    long elements = 1;
    long last = view.offset;
    boolean sound = view.shape.length == view.strides.length && view.offset >= 0;
    for (int i = 0; sound && i < view.shape.length; i++) {
      long dimension = view.shape[i];
      long stride = view.strides[i];
      sound = dimension >= 0 && dimension <= Integer.MAX_VALUE && stride >= 0;
      // Each factor is below 2^31 and each sum is checked, so that nothing overflows.
      sound = sound && stride <= Integer.MAX_VALUE;
      elements *= Math.max(dimension, 0);
      last += (dimension - 1) * stride;
      sound = sound && elements <= Integer.MAX_VALUE - 8 && last < 1L << 40;
    }
    if (!sound || (elements > 0 && last >= view.storage.elements())) {
      throw source.problem(
          "tensor "
              + name
              + " must lie inside its storage: expected "
              + view.storage.elements()
              + " elements, found shape "
              + Arrays.toString(view.shape)
              + " with strides "
              + Arrays.toString(view.strides)
              + " at "
              + view.offset);
    }
    return elements;
  }

  /** Copies a view of a storage into row-major order. */
  private static Weights.Tensor gather(TorchPickle.View view, ByteBuffer data) {
    int dimensions = view.shape.length;
    int[] shape = new int[dimensions];
    int size = 1;
    for (int i = 0; i < dimensions; i++) {
      shape[i] = (int) view.shape[i];
      size *= shape[i];
    }
    float[] values = new float[size];
    ElementType type = view.storage.type();
    int[] index = new int[dimensions];
    long place = view.offset;
    for (int i = 0; i < size; i++) {
      values[i] = type.get(data, (int) place);
      for (int d = dimensions - 1; d >= 0; d--) {
        place += view.strides[d];
        if (++index[d] < shape[d]) {
          break;
        }
        place -= view.strides[d] * shape[d];
        index[d] = 0;
      }
    }
    return new Weights.Tensor(shape, values);
  }
}
