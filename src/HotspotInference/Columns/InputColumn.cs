using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>Whether a column must be a vector.</summary>
enum InputKind
{
    Scalar,
    Vector,
    Either,
}

/// <summary>A column that a step reads.</summary>
/// <param name="Name">The column.</param>
/// <param name="ItemType">The type of its values, or of their items.</param>
/// <param name="Kind">Whether it must be a vector; one of known size, if so.</param>
/// <param name="Annotation">An annotation that it must have, and who adds it; null for none.</param>
readonly record struct InputColumn(string Name, PrimitiveDataViewType ItemType, InputKind Kind = InputKind.Scalar,
    (string Name, string AddedBy)? Annotation = null)
{
    public void Check(SchemaShape schema, string step)
    {
        foreach (SchemaShape.Column column in schema)
        {
            if (column.Name != Name)
                continue;
            bool isVector = column.Kind != SchemaShape.Column.VectorKind.Scalar;
            bool fits = Kind switch
            {
                InputKind.Scalar => !isVector,
                InputKind.Vector => column.Kind == SchemaShape.Column.VectorKind.Vector,
                _ => true,
            };
            if (!fits || !column.ItemType.Equals(ItemType))
                throw new HotspotException($"{step}, column '{Name}'", Describe(column), Expected,
                    "Convert the column first, or name another.");
            if (Annotation is { } wanted && !column.Annotations.Any(annotation => annotation.Name == wanted.Name))
                throw new HotspotException($"{step}, column '{Name}'", $"no annotation '{wanted.Name}'",
                    $"a column as {wanted.AddedBy} makes it", $"Put {wanted.AddedBy} before {step}.");
            return;
        }
        throw new HotspotException($"{step}, column '{Name}'",
            $"only the columns {string.Join(", ", schema.Select(column => column.Name))}", Expected,
            "Add the column first, or name another.");
    }

    string Expected => Kind switch
    {
        InputKind.Scalar => $"{ItemType}",
        InputKind.Vector => $"a vector of {ItemType} of known size",
        _ => $"{ItemType} or a vector of it",
    };

    static string Describe(SchemaShape.Column column) => column.Kind switch
    {
        SchemaShape.Column.VectorKind.Scalar => $"{column.ItemType}",
        SchemaShape.Column.VectorKind.Vector => $"a vector of {column.ItemType}",
        _ => $"a vector of {column.ItemType} of unknown size",
    };
}
