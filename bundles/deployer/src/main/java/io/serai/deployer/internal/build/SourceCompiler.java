package io.serai.deployer.internal.build;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.Content;
import io.serai.deployer.internal.build.BinaryTypes.View;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jdt.core.compiler.CategorizedProblem;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ClassFile;
import org.eclipse.jdt.internal.compiler.CompilationResult;
import org.eclipse.jdt.internal.compiler.Compiler;
import org.eclipse.jdt.internal.compiler.DefaultErrorHandlingPolicies;
import org.eclipse.jdt.internal.compiler.env.ICompilationUnit;
import org.eclipse.jdt.internal.compiler.impl.CompilerOptions;
import org.eclipse.jdt.internal.compiler.lookup.LookupEnvironment;
import org.eclipse.jdt.internal.compiler.lookup.ModuleBinding;
import org.eclipse.jdt.internal.compiler.problem.DefaultProblemFactory;

/**
 * Compiles one source file in memory with the Eclipse compiler, so that a JRE will do. It is called below its JSR-199
 * front, which would read a class path of files anew each time. Thread-safe.
 */
final class SourceCompiler {
    private static final String JAVA = CompilerOptions.VERSION_17;

    private final BinaryTypes types;

    SourceCompiler(Classpath classpath) {
        types = new BinaryTypes(classpath);
    }

    /**
     * Compiles.
     *
     * @param fileName the name of the file, for messages, and of its public type
     */
    CompiledSource compile(String fileName, char[] source) throws DeploymentException {
        SourceEnvironment environment = new SourceEnvironment(types);
        View view = environment.view();
        CompilerProblems problems = new CompilerProblems(fileName, source, name -> types.hasTypes(view, name));
        ProblemRecorder recorder = new ProblemRecorder();
        List<CompilationResult> results = new ArrayList<>();
        Compiler compiler = new Compiler(
                environment, DefaultErrorHandlingPolicies.proceedWithAllProblems(), options(), results::add, recorder);
        compiler.useSingleThread = true;
        try {
            compiler.compile(new ICompilationUnit[] {new Unit(fileName, source)});
        } catch (StackOverflowError e) {
            throw problems.tooDeep(e);
        } catch (UncheckedIOException e) {
            throw new DeploymentException(
                    DeploymentException.Reason.IO, "Cannot compile " + fileName + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            // The parser fails over some broken sources after it has said what is wrong with them.
            throw problems.crashed(recorder.problems(), compiler.parser.scanner.startPosition, e);
        }
        CompilationResult result = results.get(0);
        if (result.hasErrors()) {
            throw problems.toException(Arrays.asList(result.getErrors()));
        }
        return compiled(result, environment);
    }

    private static CompiledSource compiled(CompilationResult result, SourceEnvironment environment) {
        Map<String, Content> classes = new TreeMap<>();
        for (ClassFile file : result.getClassFiles()) {
            classes.put(new String(file.fileName()) + ".class", Content.of(file.getBytes()));
        }
        return new CompiledSource(
                CharOperation.toString(result.packageName), classes, environment.used(), environment::classFile);
    }

    private static CompilerOptions options() {
        CompilerOptions options = new CompilerOptions(Map.of(
                CompilerOptions.OPTION_Source, JAVA,
                CompilerOptions.OPTION_Compliance, JAVA,
                CompilerOptions.OPTION_TargetPlatform, JAVA,
                CompilerOptions.OPTION_LocalVariableAttribute, CompilerOptions.GENERATE,
                CompilerOptions.OPTION_LineNumberAttribute, CompilerOptions.GENERATE,
                CompilerOptions.OPTION_SourceFileAttribute, CompilerOptions.GENERATE,
                CompilerOptions.OPTION_MethodParametersAttribute, CompilerOptions.GENERATE));
        options.processAnnotations = false;
        options.suppressWarnings = true;
        return options;
    }

    /** Makes problems, and keeps them for the case that the compiler does not come to return them. */
    private static final class ProblemRecorder extends DefaultProblemFactory {
        private final List<CategorizedProblem> problems = new ArrayList<>();

        ProblemRecorder() {
            super(Locale.ENGLISH);
        }

        List<CategorizedProblem> problems() {
            return problems;
        }

        @Override
        public CategorizedProblem createProblem(
                char[] fileName,
                int id,
                String[] arguments,
                int elaboration,
                String[] messageArguments,
                int severity,
                int start,
                int end,
                int line,
                int column) {
            CategorizedProblem problem = super.createProblem(
                    fileName, id, arguments, elaboration, messageArguments, severity, start, end, line, column);
            problems.add(problem);
            return problem;
        }
    }

    /** The source as the compiler wants it. */
    private static final class Unit implements ICompilationUnit {
        private final String fileName;
        private final char[] source;

        Unit(String fileName, char[] source) {
            this.fileName = fileName;
            this.source = source;
        }

        @Override
        public char[] getContents() {
            return source;
        }

        @Override
        public char[] getMainTypeName() {
            return fileName.substring(0, fileName.lastIndexOf('.')).toCharArray();
        }

        @Override
        @SuppressWarnings("NullAway") // Null is how the compiler is told that any package will do.
        public char[][] getPackageName() {
            return null;
        }

        @Override
        public ModuleBinding module(LookupEnvironment environment) {
            return environment.UnNamedModule;
        }

        @Override
        public char[] getFileName() {
            return fileName.toCharArray();
        }

        @Override
        public boolean ignoreOptionalProblems() {
            return true;
        }
    }
}
