package io.serai.deployer.internal.build;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.jdt.core.compiler.CategorizedProblem;
import org.eclipse.jdt.core.compiler.IProblem;
import org.eclipse.jdt.internal.compiler.problem.DefaultProblem;

/** Tells why a source does not compile: because it is wrong, or because a package is not there yet. */
final class CompilerProblems {
    private static final int MAX_ERRORS = 20;

    /** What the compiler also says of a class whose superclass or static import is missing. */
    private static final Set<Integer> CONSEQUENCES = Set.of(
            IProblem.HierarchyHasProblems,
            IProblem.MethodMustOverride,
            IProblem.MethodMustOverrideOrImplement,
            IProblem.MissingTypeInConstructor,
            IProblem.MissingTypeInLambda,
            IProblem.MissingTypeInMethod,
            IProblem.UndefinedAnnotationMember,
            IProblem.UndefinedConstructor,
            IProblem.UndefinedField,
            IProblem.UndefinedMethod,
            IProblem.UndefinedName,
            IProblem.UnresolvedVariable);

    private static final Set<Integer> UNIMPLEMENTED = Set.of(
            IProblem.AbstractMethodMustBeImplemented,
            IProblem.MethodMustOverride,
            IProblem.MethodMustOverrideOrImplement);

    private final String fileName;
    private final String source;
    private final Predicate<String> isPackage;
    private final Set<String> missingPackages = new TreeSet<>();
    private final Set<String> missingTypes = new HashSet<>();

    /**
     * Makes a judge of one file.
     *
     * @param isPackage whether a package is there
     */
    CompilerProblems(String fileName, char[] source, Predicate<String> isPackage) {
        this.fileName = fileName;
        this.source = new String(source);
        this.isPackage = isPackage;
    }

    DeploymentException tooDeep(StackOverflowError cause) {
        String message = fileName + " cannot be compiled: its expressions are nested too deeply; split them";
        return new DeploymentException(Reason.INVALID, message, cause);
    }

    /**
     * Returns {@code INVALID} for a source that the compiler failed over.
     *
     * @param known what it has said before
     * @param position how far it had come
     */
    DeploymentException crashed(List<CategorizedProblem> known, int position, RuntimeException cause) {
        String read = source.substring(0, Math.max(0, Math.min(position, source.length())));
        long line = read.chars().filter(c -> c == '\n').count() + 1;
        int column = read.length() - read.lastIndexOf('\n');
        String message = known.stream()
                .filter(CategorizedProblem::isError)
                .findFirst()
                .map(this::words)
                .orElse(fileName + ':' + line + ':' + column + ": Syntax error here or before; the compiler gave up");
        return new DeploymentException(Reason.INVALID, message, String.valueOf(cause), cause);
    }

    /** Returns {@code UNSATISFIED} if all errors come from packages that are not there, else {@code INVALID}. */
    DeploymentException toException(List<CategorizedProblem> found) {
        List<CategorizedProblem> errors = found.stream()
                .sorted(Comparator.comparingInt(CategorizedProblem::getSourceStart))
                .toList();
        errors.forEach(this::findMissing);
        String detail = errors.stream().limit(MAX_ERRORS).map(this::words).collect(Collectors.joining("\n"));
        Optional<CategorizedProblem> mistake = firstMistake(errors);
        if (mistake.isPresent()) {
            return new DeploymentException(Reason.INVALID, words(mistake.get()), detail, null);
        }
        String noun = missingPackages.size() == 1 ? "the package " : "the packages ";
        String message = position(errors.get(0)) + "no bundle exports " + noun + String.join(", ", missingPackages)
                + "; deploy or install one that does, and this file comes up";
        return new DeploymentException(Reason.UNSATISFIED, message, detail, null);
    }

    /**
     * A syntax error comes first: what the compiler says besides is mostly its consequence. A method that does not
     * implement what it should comes last: it is mostly one of a type that is misspelt in its signature.
     */
    private Optional<CategorizedProblem> firstMistake(List<CategorizedProblem> errors) {
        List<CategorizedProblem> mistakes =
                errors.stream().filter(error -> !comesFromMissing(error)).toList();
        return errors.stream()
                .filter(error -> error.getCategoryID() == CategorizedProblem.CAT_SYNTAX)
                .findFirst()
                .or(() -> mistakes.stream()
                        .filter(error -> !UNIMPLEMENTED.contains(error.getID()))
                        .findFirst())
                .or(() -> mistakes.stream().findFirst());
    }

    private void findMissing(CategorizedProblem problem) {
        String name = argument(problem);
        switch (problem.getID()) {
            case IProblem.ImportNotFound -> findMissingImport(importAt(problem.getSourceStart()));
            case IProblem.IsClassPathCorrect -> missing(packageOf(name), name);
            case IProblem.UndefinedType -> {
                if (name.indexOf('.') > 0) {
                    missing(packageOf(name), name);
                }
            }
            default -> {}
        }
    }

    private void findMissingImport(String imported) {
        String packageName = packageOf(imported);
        String rest = imported.substring(Math.min(imported.length(), packageName.length() + 1));
        missing(packageName, rest.isEmpty() ? imported : rest);
    }

    /** Packages java.* are never a bundle's: one that the JDK has not got is misspelt. */
    private void missing(String packageName, String type) {
        if (!packageName.isEmpty() && !packageName.startsWith("java.") && !isPackage.test(packageName)) {
            missingPackages.add(packageName);
            missingTypes.addAll(List.of(type.split("\\.", -1)));
        }
    }

    private boolean comesFromMissing(CategorizedProblem problem) {
        String name = argument(problem);
        return switch (problem.getID()) {
            case IProblem.ImportNotFound -> missingPackages.contains(packageOf(importAt(problem.getSourceStart())));
            case IProblem.IsClassPathCorrect -> missingPackages.contains(packageOf(name));
            case IProblem.UndefinedType -> missingTypes.contains("*")
                    || missingTypes.contains(name)
                    || missingPackages.contains(packageOf(name));
            default -> !missingPackages.isEmpty() && CONSEQUENCES.contains(problem.getID());
        };
    }

    /** Returns the name that an import declaration names; the compiler tells only the part of it that is not there. */
    private String importAt(int start) {
        int end = source.indexOf(';', start);
        return source.substring(start, end < 0 ? source.length() : end).replaceAll("\\s", "");
    }

    /** Returns the part of a qualified name that must be its package: by custom, types start with a capital. */
    private static String packageOf(String name) {
        StringBuilder found = new StringBuilder();
        for (String segment : name.split("\\.", -1)) {
            if (segment.isEmpty() || !Character.isLowerCase(segment.codePointAt(0))) {
                break;
            }
            found.append(found.isEmpty() ? "" : ".").append(segment);
        }
        return found.toString();
    }

    private static String argument(IProblem problem) {
        String[] arguments = problem.getArguments();
        return arguments == null || arguments.length == 0 ? "" : arguments[0];
    }

    private String words(CategorizedProblem problem) {
        return position(problem) + problem.getMessage();
    }

    private String position(CategorizedProblem problem) {
        int column = problem instanceof DefaultProblem known ? known.getSourceColumnNumber() : 1;
        return fileName + ':' + problem.getSourceLineNumber() + ':' + column + ": ";
    }
}
