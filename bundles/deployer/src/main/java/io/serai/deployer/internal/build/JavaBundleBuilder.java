package io.serai.deployer.internal.build;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a Java source file and makes it a bundle.
 *
 * <p>The compiler and bnd are loaded when the first source comes: a node without sources does not pay for them.
 */
public final class JavaBundleBuilder implements BundleBuilder {
    /** Nobody writes more by hand, and the compiler takes many times the memory of its input. */
    private static final int MAX_BYTES = 2 << 20;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Classpath classpath;
    private final SourceCache cache = new SourceCache();
    private volatile @Nullable SourceCompiler compiler;

    /** Makes a builder that compiles against these packages. */
    public JavaBundleBuilder(Classpath classpath) {
        this.classpath = classpath;
    }

    @Override
    public boolean handles(StatePath path) {
        return path.value().endsWith(".java");
    }

    @Override
    public String description() {
        return "Java source files (.java)";
    }

    @Override
    public void check(StatePath path, Content content) throws DeploymentException {
        try {
            build(path, content);
        } catch (DeploymentException e) {
            if (e.reason() != Reason.UNSATISFIED) {
                throw e;
            }
        }
    }

    @Override
    public BuiltBundle build(Artifact artifact) throws DeploymentException {
        return build(artifact.path(), artifact.content());
    }

    private BuiltBundle build(StatePath path, Content content) throws DeploymentException {
        byte[] source = read(path, content);
        SourceCache.Key key = SourceCache.Key.of(path.fileName(), source);
        BuiltBundle known = cache.get(key, classpath.packages());
        return known == null ? compile(key, source) : known;
    }

    private BuiltBundle compile(SourceCache.Key key, byte[] source) throws DeploymentException {
        String fileName = key.fileName();
        CompiledSource compiled = compiler().compile(fileName, decode(fileName, source));
        if (compiled.classes().isEmpty()) {
            throw invalid(fileName + " declares no class; give it one, or remove it");
        }
        for (String type : compiled.classes().keySet()) {
            // bnd takes B, as a name of the default package, for the primitive type of the class file format.
            if (type.length() == "B.class".length()) {
                throw invalid(fileName + " declares " + type.charAt(0)
                        + " in no package; give it a package, or a name of more than one letter");
            }
        }
        BuiltBundle bundle = SourceBundler.bundle(fileName, compiled);
        cache.put(key, bundle, compiled.packages());
        return bundle;
    }

    private SourceCompiler compiler() {
        SourceCompiler made = compiler;
        if (made == null) {
            made = new SourceCompiler(classpath); // A second one, made at the same time, would be as good.
            compiler = made;
        }
        return made;
    }

    private static byte[] read(StatePath path, Content content) throws DeploymentException {
        try {
            if (content.size() > MAX_BYTES) {
                throw invalid(path.fileName() + " has " + content.size() + " bytes; a source has at most " + MAX_BYTES);
            }
            return content.bytes();
        } catch (IOException e) {
            throw new DeploymentException(Reason.IO, "Cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private static char[] decode(String fileName, byte[] source) throws DeploymentException {
        int start = Arrays.equals(source, 0, Math.min(source.length, 3), BYTE_ORDER_MARK, 0, 3) ? 3 : 0;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(source, start, source.length - start))
                    .toString()
                    .toCharArray();
        } catch (CharacterCodingException e) {
            throw new DeploymentException(Reason.INVALID, fileName + " is not encoded in UTF-8; save it in UTF-8", e);
        }
    }

    private static DeploymentException invalid(String message) {
        return new DeploymentException(Reason.INVALID, message, null);
    }
}
