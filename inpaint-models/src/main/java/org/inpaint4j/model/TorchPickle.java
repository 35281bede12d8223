package org.inpaint4j.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;
import org.jspecify.annotations.Nullable;

/**
 * The part of pickle that tensors, dictionaries, lists, numbers and strings need, and nothing else.
 *
 * <p>A pickle is a program for a small stack machine. Here it can
 *
 * <ul>
 *   <li>run only the opcodes listed in {@link #dispatch}: no extensions, no buffers;
 *   <li>name the globals listed in {@link #global}, each of which is a few lines of this file, and
 *       those of {@link HarmlessGlobals}, of which it makes objects without content; so nothing the
 *       file names is ever looked up or called;
 *   <li>use only strings and integers as keys, so that no hash of a container is ever computed;
 *   <li>make no more objects than its length warrants: strings are checked against what is left of
 *       the file before they are read, and containers and memo entries are counted.
 * </ul>
 */
final class TorchPickle extends Unpickler {

  /**
   * A storage that tensors lie in: {@code key} is its entry in the zip or its number in the list.
   */
  record Storage(ElementType type, String key, long elements) {}

  /**
   * What a pickle made.
   *
   * @param storages the types of all storages it named, by key
   */
  record Program(Object root, Map<String, ElementType> storages) {}

  /** Bytes that are not read: parts of opaque objects, or a checkpoint in the checkpoint. */
  record Bytes(long position, long length) {}

  /** A tensor that is not read yet. */
  static final class View {
    final Storage storage;
    final long offset;
    final long[] shape;
    final long[] strides;

    View(Storage storage, long offset, long[] shape, long[] strides) {
      this.storage = storage;
      this.offset = offset;
      this.shape = shape;
      this.strides = strides;
    }
  }

  /** Enough for checkpoints with a million logged losses. */
  private static final long MAX_BYTES = 64L << 20;

  private static final int MAX_DIMENSIONS = 32;

  private final Source source;
  private final Source.SourceStream stream;
  private final long limit;

  /** Where the program must have ended; bytes that are skipped are no part of it. */
  private long end;

  /** Whether this is the pickle of a storage in another pickle. */
  private final boolean inner;

  /** Containers that may still be made; a tensor takes about 5, and at least 60 bytes. */
  private long containers;

  private long memos;

  /** The class that was named and is not read, if one was. */
  private @Nullable String foreign;

  private final Map<String, ElementType> storages = new LinkedHashMap<>();

  /**
   * Reads one pickle from where the stream stands, and leaves the stream behind it.
   *
   * @param length how many bytes the pickle may have at most
   */
  static Program load(Source source, Source.SourceStream stream, long length) throws IOException {
    return run(source, stream, new TorchPickle(source, stream, length, false));
  }

  /** As {@link #load}, of a pickle that is a part of another: it must have no such parts itself. */
  static Program loadInner(Source source, Source.SourceStream stream, long length)
      throws IOException {
    return run(source, stream, new TorchPickle(source, stream, length, true));
  }

  private static Program run(Source source, Source.SourceStream stream, TorchPickle machine)
      throws IOException {
    try {
      Object root = machine.load(stream);
      return new Program(root == null ? NONE : root, machine.storages);
    } catch (ModelFormatException e) {
      throw e;
    } catch (PickleException | IOException e) {
      throw new ModelFormatException(source.name(), "the pickle must be whole: " + message(e), e);
    } catch (ClassCastException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | NullPointerException e) {
      // The machine's stack is untyped and unchecked: this is how it reports a program that takes
      // from it what is not there, or a length that is cut off.
      throw new ModelFormatException(
          source.name(),
          "the pickle must be a whole, valid program: found a misuse of its stack",
          e);
    }
  }

  /**
   * What a pickle holds that PyTorch did not write, for messages. It is read as {@link #load} does.
   *
   * @return for example {@code an object of dnnlib.tflib.network.Network}
   */
  static String describe(Source source) {
    Source.SourceStream stream = source.stream(0);
    TorchPickle machine = new TorchPickle(source, stream, source.size(), false);
    try {
      return contents(machine.load(stream));
    } catch (IOException | RuntimeException e) {
      // As in load: the machine reports a misuse of its stack in many ways.
      return machine.foreign == null ? "other objects" : "an object of " + machine.foreign;
    }
  }

  private static String contents(@Nullable Object root) {
    if (root instanceof Map<?, ?> map) {
      return "a dictionary of " + map.size();
    }
    if (root instanceof List<?> list) {
      return "a list of " + list.size();
    }
    boolean plain = root == null || root instanceof String || root instanceof Number;
    return plain || root instanceof Opaque ? describe(root) : "other objects";
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private TorchPickle(Source source, Source.SourceStream stream, long length, boolean inner) {
    this.source = source;
    this.inner = inner;
    this.stream = stream;
    this.limit = Math.min(length, MAX_BYTES);
    this.end = stream.position() + limit;
    this.containers = 1024 + length / 8;
    this.memos = 1024 + length / 4;
  }

  @Override
  protected Object dispatch(short opcode) throws IOException {
    if (stream.position() > end) {
      throw source.problem("the pickle must be at most " + limit + " bytes long");
    }
    switch (opcode) {
      case Opcodes.PROTO,
          Opcodes.FRAME,
          Opcodes.STOP,
          Opcodes.POP,
          Opcodes.NONE,
          Opcodes.NEWTRUE,
          Opcodes.NEWFALSE,
          Opcodes.BININT,
          Opcodes.BININT1,
          Opcodes.BININT2,
          Opcodes.LONG1,
          Opcodes.BINFLOAT,
          Opcodes.BINGET,
          Opcodes.LONG_BINGET,
          Opcodes.REDUCE,
          Opcodes.NEWOBJ,
          Opcodes.BINPERSID -> {
        return super.dispatch(opcode);
      }
      case Opcodes.MARK,
          Opcodes.EMPTY_LIST,
          Opcodes.EMPTY_TUPLE,
          Opcodes.TUPLE,
          Opcodes.TUPLE1,
          Opcodes.TUPLE2,
          Opcodes.TUPLE3 -> {
        countContainer();
        return super.dispatch(opcode);
      }
      case Opcodes.BINPUT, Opcodes.LONG_BINPUT, Opcodes.MEMOIZE -> {
        if (memos-- == 0) {
          throw source.problem("the pickle must remember few objects for its length");
        }
        return super.dispatch(opcode);
      }
      case Opcodes.APPEND, Opcodes.APPENDS -> {
        if (opcode == Opcodes.APPEND) {
          Object item = stack.pop();
          if (!(stack.peek() instanceof Opaque)) {
            list(stack.peek()).add(item);
          }
        } else {
          List<Object> items = stack.pop_all_since_marker();
          if (!(stack.peek() instanceof Opaque)) {
            list(stack.peek()).addAll(items);
          }
        }
      }
      case Opcodes.EMPTY_SET -> {
        countContainer();
        stack.add(new Opaque());
      }
      case Opcodes.FROZENSET, Opcodes.ADDITEMS -> {
        stack.pop_all_since_marker();
        if (opcode == Opcodes.FROZENSET) {
          countContainer();
          stack.add(new Opaque());
        } else {
          opaque(stack.peek());
        }
      }
      case Opcodes.NEWOBJ_EX -> {
        stack.pop();
        stack.pop();
        opaqueClass(stack.pop());
        countContainer();
        stack.add(new Opaque());
      }
      case Opcodes.SHORT_BINBYTES -> bytes(PickleUtils.readbyte(stream));
      case Opcodes.BINBYTES -> {
        int length = PickleUtils.bytes_to_integer(PickleUtils.readbytes(stream, 4));
        bytes(Integer.toUnsignedLong(length));
      }
      case Opcodes.EMPTY_DICT -> {
        countContainer();
        stack.add(new LinkedHashMap<Object, Object>());
      }
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        Object key = stack.pop();
        if (!(stack.peek() instanceof Opaque)) {
          put(dictionary(stack.peek()), key, value);
        }
      }
      case Opcodes.SETITEMS -> {
        List<Object> items = stack.pop_all_since_marker();
        if (stack.peek() instanceof Opaque) {
          return NO_RETURN_VALUE;
        }
        Map<Object, Object> target = dictionary(stack.peek());
        for (int i = 0; i < items.size(); i += 2) {
          put(target, items.get(i), items.get(i + 1));
        }
      }
      case Opcodes.BUILD -> {
        // Attributes of a dictionary (PyTorch's _metadata), or of an object that is opaque. Nothing
        // here needs them.
        stack.pop();
        if (!(stack.peek() instanceof Opaque)) {
          dictionary(stack.peek());
        }
      }
      case Opcodes.SHORT_BINUNICODE, Opcodes.SHORT_BINSTRING ->
          string(PickleUtils.readbyte(stream), opcode == Opcodes.SHORT_BINUNICODE);
      case Opcodes.BINUNICODE, Opcodes.BINSTRING -> {
        int length = PickleUtils.bytes_to_integer(PickleUtils.readbytes(stream, 4));
        string(Integer.toUnsignedLong(length), opcode == Opcodes.BINUNICODE);
      }
      case Opcodes.GLOBAL -> {
        String module = line();
        stack.add(global(module, line()));
      }
      case Opcodes.STACK_GLOBAL -> {
        String name = (String) stack.pop();
        String module = (String) stack.pop();
        stack.add(global(module, name));
      }
      default ->
          throw source.problem(
              "the pickle must use only the opcodes of tensors and dictionaries: found "
                  + String.format("0x%02x", opcode)
                  + " at "
                  + (stream.position() - 1));
    }
    return NO_RETURN_VALUE;
  }

  private void countContainer() throws ModelFormatException {
    if (containers-- == 0) {
      throw source.problem("the pickle must make few containers for its length");
    }
  }

  private void string(long length, boolean unicode) throws IOException {
    if (length < 0 || length > stream.remaining() || length > MAX_BYTES) {
      throw source.problem(
          "a string must end inside the file: expected "
              + length
              + " bytes, found "
              + stream.remaining());
    }
    byte[] bytes = stream.readNBytes((int) length);
    stack.add(new String(bytes, unicode ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
  }

  /** Only their place is kept. */
  private void bytes(long length) throws IOException {
    if (length < 0 || length > stream.remaining()) {
      throw source.problem(
          "bytes must end inside the file: expected " + length + ", found " + stream.remaining());
    }
    stack.add(new Bytes(stream.position(), length));
    stream.skipNBytes(length);
    end += length;
    countContainer();
  }

  /** A line of a text opcode. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = stream.read(); c != '\n'; c = stream.read()) {
      if (c < 0 || line.length() == 256) {
        throw source.problem("the name of a global must end within 256 characters");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  @SuppressWarnings("unchecked") // all dictionaries on the stack are made in this class
  private Map<Object, Object> dictionary(Object object) throws ModelFormatException {
    if (object instanceof LinkedHashMap<?, ?>) {
      return (Map<Object, Object>) object;
    }
    throw source.problem(
        "items and attributes must be set on a dictionary: found " + describe(object));
  }

  @SuppressWarnings("unchecked") // lists on the stack are of objects, whoever made them
  private List<Object> list(Object object) throws ModelFormatException {
    if (object instanceof List<?>) {
      return (List<Object>) object;
    }
    throw source.problem("items must be added to a list: found " + describe(object));
  }

  private void opaque(Object object) throws ModelFormatException {
    if (!(object instanceof Opaque)) {
      throw source.problem("items must be added to a set: found " + describe(object));
    }
  }

  private void opaqueClass(Object object) throws ModelFormatException {
    if (!(object instanceof OpaqueClass)) {
      throw source.problem("an instance must be of a class: found " + describe(object));
    }
  }

  private void put(Map<Object, Object> target, @Nullable Object key, @Nullable Object value)
      throws ModelFormatException {
    if (!(key instanceof String || key instanceof Number)) {
      throw source.problem("a key must be a string or a number: found " + describe(key));
    }
    target.put(key, value == null ? NONE : value);
  }

  /** Stands for None among the values of dictionaries. */
  private static final Object NONE = new Object();

  static String describe(@Nullable Object object) {
    if (object instanceof Opaque || object instanceof OpaqueClass) {
      return "an object of a class that is not read";
    }
    return object == null || object == NONE ? "None" : object.getClass().getSimpleName();
  }

  @Override
  protected Object persistentLoad(Object id) {
    Object[] parts = (Object[]) id;
    boolean whole = parts.length == 5 || (parts.length == 6 && parts[5] == null);
    if (!whole || !"storage".equals(parts[0]) || !(parts[1] instanceof StorageType type)) {
      throw new PickleException("a persistent id must be that of a whole storage");
    }
    long elements = ((Number) parts[4]).longValue();
    if (elements < 0) {
      throw new PickleException("a storage must not have " + elements + " elements");
    }
    String key = String.valueOf(parts[2]);
    ElementType other = storages.putIfAbsent(key, type.type);
    if (other != null && other.bytes != type.type.bytes) {
      throw new PickleException("storage " + key + " must have elements of one size");
    }
    return new Storage(type.type, key, elements);
  }

  /** A class of storages: it is only named, never called. */
  private static final class StorageType implements IObjectConstructor {
    final ElementType type;

    StorageType(ElementType type) {
      this.type = type;
    }

    @Override
    public Object construct(Object[] arguments) {
      throw new PickleException("a storage must come from the file, not be constructed");
    }
  }

  /** An object beside the weights, of which nothing is kept. */
  private static final class Opaque {}

  /** A class whose objects are opaque: it is named, never looked up. */
  private final class OpaqueClass implements IObjectConstructor {
    @Override
    public Object construct(Object[] arguments) {
      try {
        countContainer();
      } catch (ModelFormatException e) {
        throw new PickleException(e.problem(), e);
      }
      return new Opaque();
    }
  }

  private Object global(String module, String name) throws ModelFormatException {
    IObjectConstructor constructor =
        switch (module + " " + name) {
          case "collections OrderedDict" -> this::orderedDict;
          // Its argument makes missing values.
          case "collections defaultdict" -> arguments -> orderedDict(new Object[0]);
          case "torch._utils _rebuild_tensor", "torch._utils _rebuild_tensor_v2" ->
              TorchPickle::view;
          case "torch._utils _rebuild_parameter" -> arguments -> (View) arguments[0];
          case "torch Size" -> arguments -> arguments[0];
          case "torch.storage _load_from_bytes" -> this::innerStorage;
          case "dnnlib.util EasyDict" -> arguments -> orderedDict(new Object[0]);
          case "torch_utils.persistence " + PersistentModules.MARK -> this::module;
          default -> null;
        };
    if (constructor != null) {
      return constructor;
    }
    if (HarmlessGlobals.contains(module, name)) {
      return new OpaqueClass();
    }
    ElementType type = module.equals("torch") ? ElementType.ofStorage(name) : null;
    if (type == null) {
      foreign = module + "." + name;
      throw source.problem(
          "a checkpoint must hold only tensors, dictionaries, lists, numbers and strings: found "
              + module
              + "."
              + name
              + " (save the state dictionaries alone)");
    }
    return new StorageType(type);
  }

  private Object orderedDict(Object[] arguments) {
    Map<Object, Object> dictionary = new LinkedHashMap<>();
    try {
      countContainer();
      if (arguments.length > 0) {
        for (Object item : (List<?>) arguments[0]) {
          Object[] pair = item instanceof List<?> list ? list.toArray() : (Object[]) item;
          put(dictionary, pair[0], pair[1]);
        }
      }
    } catch (ModelFormatException e) {
      throw new PickleException(e.problem(), e);
    }
    return dictionary;
  }

  /** A storage that was saved into bytes. */
  private Object innerStorage(Object[] arguments) {
    if (inner) {
      throw new PickleException("a storage in a pickle must hold no other");
    }
    try {
      return TorchCheckpoint.innerStorage(source, (Bytes) arguments[0]);
    } catch (ModelFormatException e) {
      throw new PickleException(e.problem(), e);
    } catch (IOException e) {
      throw new PickleException("a storage in a pickle must be whole: " + message(e), e);
    }
  }

  private Object module(Object[] arguments) {
    try {
      countContainer();
      return PersistentModules.weights(dictionary(arguments[0]));
    } catch (ModelFormatException e) {
      throw new PickleException(e.problem(), e);
    }
  }

  /** {@code (storage, offset, size, stride, …)}; what follows is about training. */
  private static Object view(Object[] arguments) {
    return new View(
        (Storage) arguments[0],
        ((Number) arguments[1]).longValue(),
        longs(arguments[2]),
        longs(arguments[3]));
  }

  private static long[] longs(Object tuple) {
    Object[] numbers = (Object[]) tuple;
    if (numbers.length > MAX_DIMENSIONS) {
      throw new PickleException("a tensor must have at most " + MAX_DIMENSIONS + " dimensions");
    }
    long[] longs = new long[numbers.length];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = ((Number) numbers[i]).longValue();
    }
    return longs;
  }
}
